// Each test runs a whole server with media; a few at once are enough for two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
