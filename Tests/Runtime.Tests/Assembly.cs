// libtorch's random state and count of tensors belong to the process: tests that seed the one and check the other run one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
