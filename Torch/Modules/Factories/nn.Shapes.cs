using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Layers that change the shape alone, and distances.
    public static partial class nn
    {
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        public static Unflatten Unflatten(long dim, long[] unflattened_size) => new(dim, unflattened_size);
        public static Identity Identity() => new();
        public static PixelShuffle PixelShuffle(long upscale_factor) => new(upscale_factor);
        public static PixelUnshuffle PixelUnshuffle(long downscale_factor) => new(downscale_factor);
        public static ChannelShuffle ChannelShuffle(long groups) => new(groups);
        public static CosineSimilarity CosineSimilarity(long dim = 1, double eps = 1e-8) => new(dim, eps);
        public static PairwiseDistance PairwiseDistance(double p = 2, double eps = 1e-6, bool keepdim = false) => new(p, eps, keepdim);
    }
}
