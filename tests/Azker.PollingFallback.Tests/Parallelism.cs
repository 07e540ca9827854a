// The tests wait for processes most of the time, so more of them run side by side than there are cores.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
