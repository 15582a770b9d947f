// Threads and files of the process are counted, and pictures arrive in real time: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
