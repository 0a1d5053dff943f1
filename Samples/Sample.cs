using System.CommandLine;
using System.Numerics;

namespace Dlm.Samples;

/// <summary>A small program that shows how one thing is learned: a name on the command line, options, and what it does.</summary>
internal abstract class Sample
{
    private const int Interrupted = 130; // what shells expect of a program that Ctrl-C ended

    private readonly Option<string?>? _data;
    private readonly Option<int>? _epochs;
    private readonly Option<string?>? _resume;
    private readonly Option<ulong> _seed;
    private readonly Option<string> _out;

    /// <param name="name">What to type.</param>
    /// <param name="description">What it shows, in a sentence.</param>
    /// <param name="data">What <c>--data</c> names, with where the data come from otherwise; null where a sample makes its own.</param>
    /// <param name="epochs">How often it goes through the data unless <c>--epochs</c> says otherwise; null where something else ends it.</param>
    protected Sample(string name, string description, string? data = null, int? epochs = null)
    {
        Command = new Command(name, description);
        if (data is not null) Command.Add(_data = new("--data") { Description = data, HelpName = "folder" });
        if (epochs is { } most)
        {
            _epochs = Add("--epochs", "How many times to go through what there is to learn from.", most);
            Command.Add(_resume = new("--resume") { Description = "A checkpoint to go on from, or a folder of them.", HelpName = "path" });
        }

        Command.Add(_seed = new("--seed") { Description = "The same seed gives the same run.", DefaultValueFactory = _ => 0 });
        Command.Add(_out = new("--out") { Description = "Where checkpoints and pictures go.", DefaultValueFactory = _ => Path.Combine("artifacts", "samples", name), HelpName = "folder" });
        Command.SetAction(Start);
    }

    /// <summary>The command that runs it.</summary>
    public Command Command { get; }

    /// <summary>Does it.</summary>
    protected abstract void Run(SampleRun run);

    /// <summary>Adds an option that is a number above zero.</summary>
    protected Option<T> Add<T>(string name, string description, T value)
        where T : INumber<T>
    {
        Option<T> option = new(name) { Description = description, DefaultValueFactory = _ => value };
        CommandLine.RequirePositive(option);
        Command.Add(option);
        return option;
    }

    /// <summary>Adds an option that names a file or folder.</summary>
    protected Option<string?> AddPath(string name, string description, string helpName)
    {
        Option<string?> option = new(name) { Description = description, HelpName = helpName };
        Command.Add(option);
        return option;
    }

    private int Start(ParseResult options)
    {
        SampleRun run = new(options, Command.Name, options.GetValue(_out)!)
        {
            Data = _data is null ? null : options.GetValue(_data),
            Epochs = _epochs is null ? 0 : options.GetValue(_epochs),
            Seed = options.GetValue(_seed),
            ResumeFrom = _resume is null ? null : options.GetValue(_resume),
        };
        try
        {
            Run(run);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }

        run.Finish();
        return 0;
    }
}
