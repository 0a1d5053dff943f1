using System.CommandLine;
using Dlm.Cli.Models;
using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;

namespace Dlm.Cli.Commands;

/// <summary>The options of every command that looks at a model: its arguments and the sizes of its inputs.</summary>
internal sealed class ModelOptions(long usualBatch = 1)
{
    private readonly Option<string[]> arguments = new("--arg") { Description = "A parameter's value, such as classes=10; can be given several times.", HelpName = "name=value", DefaultValueFactory = _ => [] };
    private readonly Option<long> batch = new("--batch") { Description = "How many samples.", HelpName = "count", DefaultValueFactory = _ => usualBatch };
    private readonly Option<string[]> inputs = new("--input") { Description = "An input's shape without the batch, such as 3x224x224; once for each input.", HelpName = "shape", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> sizes = new("--size") { Description = "An open size of the inputs, such as T=128.", HelpName = "name=value", DefaultValueFactory = _ => [] };

    public static Argument<string> Model(string name) => new(name) { Description = "A model's name, file.dlm:Name, or a file with one model." };

    public void AddTo(Command command)
    {
        command.Add(arguments);
        command.Add(batch);
        command.Add(inputs);
        command.Add(sizes);
    }

    public IReadOnlyList<string> Arguments(ParseResult parsed) => parsed.GetValue(arguments)!;

    public long Batch(ParseResult parsed) => parsed.GetValue(batch) is > 0 and var count ? count : throw new CommandException("--batch is the number of samples, 1 or more.");

    public bool HasSizes(ParseResult parsed) => parsed.GetValue(inputs)!.Length + parsed.GetValue(sizes)!.Length > 0;

    /// <summary>The sizes that were given, and a batch.</summary>
    public SizeTable GivenSizes(ParseResult parsed, ElaboratedModel model) =>
        InputSizes.Given(model, Batch(parsed), parsed.GetValue(inputs)!, parsed.GetValue(sizes)!);

    public SizeTable Sizes(ParseResult parsed, ElaboratedModel model) =>
        InputSizes.Read(model, Batch(parsed), parsed.GetValue(inputs)!, parsed.GetValue(sizes)!);
}
