using System.CommandLine;
using Dlm.Cli.Models;
using Dlm.Cli.Testing;
using Dlm.Testing;
using Dlm.Testing.Graphs;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm test</c>: what a careful author would test of a model by hand.</summary>
internal static class TestCommand
{
    // Enough that samples have neighbours and a batch norm has something to average.
    private const long Batch = 4;

    public static Command Create(CommandHost host)
    {
        var model = ModelOptions.Model("model");
        var options = new ModelOptions(Batch);
        var causal = new Option<bool>("--causal") { Description = "The model may not see the future. It is known of one whose attention is all causal." };
        var seed = new Option<long>("--seed") { Description = "The seed of all that is drawn.", HelpName = "number", DefaultValueFactory = _ => 1 };
        var steps = new Option<int>("--steps") { Description = "How many steps a batch may take to be learned.", HelpName = "count", DefaultValueFactory = _ => 200 };
        var command = new Command("test", "Makes a model and checks how it behaves: gradients, steps, neighbours, the future, masks, saving, seeds.") { model, causal, seed, steps };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = ModelSource.Find(parsed.GetValue(model)!, options.Arguments(parsed), host);
            var compiled = CompiledModel.Of(source);
            var sizes = TestSizes.Find(source, options.GivenSizes(parsed, source.Model));
            if (source.Refusal(sizes) is { } refusal) throw new CommandException($"'{source.Model.Name}' does not take this input. {refusal}");
            var subject = GraphSubject.Of(source.Model, sizes, compiled.Make);
            subject = subject.With(parsed.GetValue(causal) ? true : subject.IsCausal, parsed.GetValue(seed), parsed.GetValue(steps));
            return Run(subject, source, sizes, host);
        });
        return command;
    }

    private static int Run(Subject subject, ModelSource source, Dsl.Analysis.SizeTable sizes, CommandHost host)
    {
        var report = new TestReport(host);
        report.Begin(source.Model, source.Path, sizes);
        foreach (var check in ModelCheck.All) report.Add(ResultOf(check, subject));
        report.End();
        return report.HasFailed ? ExitCode.Found : ExitCode.Success;
    }

    private static CheckResult ResultOf(ModelCheck check, Subject subject)
    {
        try
        {
            return check.Run(subject);
        }
#pragma warning disable CA1031 // A model that throws has failed the check, and the next may still say something.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new CheckResult(check.Claim, Outcome.Failed, $"It throws: {exception.Message.Split('\n')[0]}");
        }
#pragma warning restore CA1031
    }
}
