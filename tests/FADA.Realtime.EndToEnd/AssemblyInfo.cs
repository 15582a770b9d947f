// These tests measure time: one at a time has the machine to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
