using System.Diagnostics;
using System.Globalization;
using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Benchmarks.Generation;

/// <summary>How long the zoo's GPT-2, in the size of the smallest that was published, takes for a token, behind texts of several lengths.</summary>
internal static class GenerationBenchmark
{
    private const int Tokens = 12;
    private static readonly int[] lengths = [16, 128, 256, 512, 960];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        manual_seed(0);
        using Gpt2 model = new();
        model.eval();
        using CachedDecoder cached = new(model, capacity: 1024, layers: 12, heads: 12, width: 64);
        using RereadingDecoder rereading = new(tokens => model.call(tokens), 1024);
        Console.WriteLine("tokens before   with the cache, ms   reading again, ms");
        foreach (int length in lengths)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{length,13}   {Fastest(cached, length, Tokens),18:0.0}   {Fastest(rereading, length, 3),17:0.0}"));
        }
    }

    // The fastest of some tokens: whatever else the machine does only adds to the time.
    private static double Fastest(IDecoder decoder, int length, int tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        decoder.Reset();
        decoder.Read(randint(50_000, [1, length], ScalarType.Int64));
        double fastest = double.PositiveInfinity;
        for (int i = 0; i < tokens; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor token = randint(50_000, [1, 1], ScalarType.Int64);
            long start = Stopwatch.GetTimestamp();
            decoder.Read(token);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return fastest;
    }
}
