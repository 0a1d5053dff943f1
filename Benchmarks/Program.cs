using Dlm.Benchmarks.Compiler;
using Dlm.Benchmarks.Generation;
using Dlm.Benchmarks.Leaks;
using Dlm.Benchmarks.Loading;
using Dlm.Benchmarks.Optimizers;

// dotnet run --project Benchmarks --configuration Release -- <what>
switch (args)
{
    case ["compiler", .. var rest]:
        CompilerBenchmark.Run(rest.Length > 0 ? rest[0] : "Models");
        return 0;
    case ["hostile"]:
        HostileBenchmark.Run();
        return 0;
    case ["hostile", var name]:
        HostileBenchmark.RunOne(name);
        return 0;
    case ["optimizers"]:
        OptimizerBenchmark.Run();
        return 0;
    case ["loading", .. var rest]:
        LoadingBenchmark.Run(rest.Length > 0 ? rest[0] : null);
        return 0;
    case ["leaks"]:
        return LeakBenchmark.Run() ? 0 : 1;
    case ["generation"]:
        GenerationBenchmark.Run();
        return 0;
    default:
        Console.WriteLine("""
            Benchmarks:
              compiler [folder]   how long the compiler takes for the .dlm files below a folder, by default Models
              hostile             how long it takes, and how much memory, for files made to hold it up
              optimizers          a step of the optimizers beside PyTorch's
              loading [folder]    how long training waits for data, and how fast it is prepared; of MNIST and CIFAR-10 in the folder, or of drawn digits
              leaks               what long runs leave behind: tensors, resident memory
              generation          a token of GPT-2 behind texts of several lengths, with a cache and without
            """);
        return args.Length == 0 ? 0 : 1;
}
