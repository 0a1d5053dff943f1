using System.CommandLine;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using Dlm.Samples;
using Spectre.Console;

AnsiConsole.Console = ConsoleDisplay.Open();
RootCommand root = new("Small programs that show how networks are trained. Each is one file to copy from.");
foreach (Sample sample in SampleList.Fields.SelectMany(field => field.Samples)) root.Add(sample.Command);
root.SetAction(_ =>
{
    Grid list = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(4)).AddColumn();
    foreach (var (field, samples) in SampleList.Fields)
    {
        list.AddEmptyRow();
        list.AddRow(new Text(field, new Style(decoration: Decoration.Bold)));
        foreach (Sample sample in samples) list.AddRow(new Text("  " + sample.Command.Name, new Style(Color.Green)), new Text(sample.Command.Description ?? ""));
    }

    AnsiConsole.WriteLine("dotnet run --project Samples -- <sample> [options]     (--help after a sample lists its options)");
    AnsiConsole.Write(list);
});

try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (DistributedException e)
{
    if (!e.SaidElsewhere) Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
catch (Exception e) when (e is DataFileException or DataLoadingException or CheckpointException or WeightFileException or NonFiniteLossException)
{
    // These say what is wrong and what to do; where in the code they arose helps nobody.
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
