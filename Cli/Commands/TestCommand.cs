using System.CommandLine;
using System.Reflection;
using Dlm.Cli.Models;
using Dlm.Cli.Testing;
using Dlm.Runtime.Optimizers;
using Dlm.Testing;
using Dlm.Testing.Graphs;
using TorchSharp;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm test</c>: what a careful author would test of a model or an objective by hand.</summary>
internal static class TestCommand
{
    // Enough that samples have neighbours and a batch norm has something to average.
    private const long Batch = 4;

    private const BindingFlags Plainly = BindingFlags.DoNotWrapExceptions;

    public static Command Create(CommandHost host)
    {
        var model = new Argument<string>("model") { Description = "A model's or an objective's name, file.dlm:Name, or a file with one model." };
        var options = new ModelOptions(Batch);
        var causal = new Option<bool>("--causal") { Description = "The model may not see the future. It is known of one whose attention is all causal." };
        var seed = new Option<long>("--seed") { Description = "The seed of all that is drawn.", HelpName = "number", DefaultValueFactory = _ => 1 };
        var steps = new Option<int>("--steps") { Description = "How many steps a batch may take to be learned.", HelpName = "count", DefaultValueFactory = _ => 200 };
        var command = new Command("test", "Makes a model and checks how it behaves: gradients, steps, neighbours, the future, masks, saving, seeds.") { model, causal, seed, steps };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var (name, first) = (parsed.GetValue(model)!, parsed.GetValue(seed));
            if (ObjectiveSource.Find(name, host) is { } objective)
            {
                if (options.Arguments(parsed).Count > 0 || options.HasSizes(parsed)) throw new CommandException($"'{objective.Objective.Name}' is an objective, which is tested with the defaults of its networks: --arg, --input and --size are for models.");
                return Test(objective, first, host);
            }
            var source = ModelSource.Find(name, options.Arguments(parsed), host);
            var make = Maker(source);
            var sizes = TestSizes.Find(source, options.GivenSizes(parsed, source.Model));
            if (source.Refusal(sizes) is { } refusal) throw new CommandException($"'{source.Model.Name}' does not take this input. {refusal}");
            var subject = GraphSubject.Of(source.Model, sizes, make);
            subject = subject.With(parsed.GetValue(causal) ? true : subject.IsCausal, first, parsed.GetValue(steps));
            var report = new TestReport(host, ModelCheck.All.Select(c => c.Claim));
            report.Begin(source.Model.Name, source.Path, source.Model.AtDefaults.Inputs, sizes);
            return report.Run(ModelCheck.All.Select(check => (check.Claim, (Func<CheckResult>)(() => check.Run(subject)))));
        });
        return command;
    }

    private static Func<torch.nn.Module> Maker(ModelSource source)
    {
        CompiledFiles.RefuseForeign(source.Model.AtDefaults, source.Model.Name);
        var (files, @namespace, name) = source.Compile();
        var constructor = CompiledFiles.Of(files).Constructor(@namespace, name);
        var arguments = CompiledFiles.Arguments(constructor, source.Model.Name);
        return () => (torch.nn.Module)constructor.Invoke(Plainly, null, arguments, null);
    }

    private static int Test(ObjectiveSource source, long seed, CommandHost host)
    {
        var objective = source.Objective;
        CompiledFiles.RefuseForeign(objective.Body, objective.Name);
        var compiled = CompiledFiles.Of(source.Workspace.CompileWithImports(source.FullPath, null).Files);
        var constructor = compiled.Constructor(objective.Namespace, objective.Name);
        var networks = objective.Networks.Select(n => (n.Name, Constructor: compiled.Constructor(n.Model.Namespace, n.Model.Name))).Select(n => (n.Name, n.Constructor, Arguments: CompiledFiles.Arguments(n.Constructor, n.Name))).ToArray();
        if (GraphObjective.Sizes(objective, new Dictionary<string, long>()) is not { } sizes) throw new CommandException($"'{objective.Name}' takes none of the sizes that were tried.");
        var subject = GraphObjective.Of(objective, sizes, () =>
        {
            var made = networks.ToDictionary(n => n.Name, n => (torch.nn.Module)n.Constructor.Invoke(Plainly, null, n.Arguments, null), StringComparer.Ordinal);
            object?[] given = [.. made.Values, .. objective.Stepped.Select(n => new Adam(made[n.Name]))];
            var instance = constructor.Invoke(Plainly, null, CompiledFiles.Arguments(constructor, objective.Name, given), null);
            var step = instance.GetType().GetMethod("Step")!;
            return (made, batch => ((IDisposable)step.Invoke(instance, Plainly, null, batch, null)!).Dispose());
        }, seed);
        var report = new TestReport(host, ObjectiveChecks.All.Select(c => c.Claim));
        report.Begin(objective.Name, source.Path, objective.Body.Inputs, sizes);
        return report.Run(ObjectiveChecks.All.Select(check => (check.Claim, (Func<CheckResult>)(() => check.Run(subject)))));
    }
}
