// The default random generator and the count of live tensors belong to the process, so tests run one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
