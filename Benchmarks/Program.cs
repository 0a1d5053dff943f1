using Dlm.Benchmarks;
using Dlm.Benchmarks.Optimizers;

// dotnet run --project Benchmarks --configuration Release -- <what>
switch (args)
{
    case ["compiler", .. var rest]:
        CompilerBenchmark.Run(rest.Length > 0 ? rest[0] : "Models");
        return 0;
    case ["optimizers"]:
        OptimizerBenchmark.Run();
        return 0;
    default:
        Console.WriteLine("Benchmarks: compiler [folder of .dlm files, by default Models] | optimizers");
        return args.Length == 0 ? 0 : 1;
}
