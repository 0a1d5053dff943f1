using Dlm.Benchmarks;

// dotnet run --project Benchmarks --configuration Release -- compiler [folder of .dlm files]
if (args is not ["compiler", ..])
{
    Console.WriteLine("Benchmarks: compiler [folder of .dlm files, by default Models]");
    return args.Length == 0 ? 0 : 1;
}
CompilerBenchmark.Run(args.Length > 1 ? args[1] : "Models");
return 0;
