namespace Dlm.Benchmarks.Optimizers;

/// <summary>The shapes of all parameters of well-known networks, in their modules' order.</summary>
internal static class ParameterShapes
{
    /// <summary>ResNet-50 (He et al., 2015): 25,557,032 numbers in 161 parameters.</summary>
    public static IEnumerable<long[]> ResNet50()
    {
        foreach (long[] shape in Normalized([64, 3, 7, 7])) yield return shape;
        long channels = 64;
        foreach ((long planes, int depth) in ((long, int)[])[(64, 3), (128, 4), (256, 6), (512, 3)])
        {
            for (int i = 0; i < depth; i++)
            {
                foreach (long[] shape in Normalized([planes, channels, 1, 1])) yield return shape;
                foreach (long[] shape in Normalized([planes, planes, 3, 3])) yield return shape;
                foreach (long[] shape in Normalized([4 * planes, planes, 1, 1])) yield return shape;
                if (i == 0)
                {
                    foreach (long[] shape in Normalized([4 * planes, channels, 1, 1])) yield return shape;
                }

                channels = 4 * planes;
            }
        }

        yield return [1000, 2048];
        yield return [1000];

        // A convolution without a bias, and its batch norm.
        static IEnumerable<long[]> Normalized(long[] weight) => [weight, [weight[0]], [weight[0]]];
    }

    /// <summary>GPT-2 small (Radford et al., 2019): 124,439,808 numbers in 148 parameters.</summary>
    public static IEnumerable<long[]> Gpt2()
    {
        const long Width = 768;
        yield return [50257, Width];
        yield return [1024, Width];
        for (int i = 0; i < 12; i++)
        {
            long[][] block =
            [
                [Width], [Width], [Width, 3 * Width], [3 * Width], [Width, Width], [Width],
                [Width], [Width], [Width, 4 * Width], [4 * Width], [4 * Width, Width], [Width],
            ];
            foreach (long[] shape in block) yield return shape;
        }

        yield return [Width];
        yield return [Width];
    }
}
