using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

public sealed class HelpTests
{
    // A terminal of 24 lines, of which the prompt takes one.
    private const int Screen = 23;

    public static TheoryData<string> Commands => ["check", "fmt", "show", "draw", "diff", "test", "emit", "new"];

    [Theory, MemberData(nameof(Commands))]
    public void FitsOnAScreen(string command)
    {
        using var place = new Workplace();
        var run = place.Run(command, "--help");
        Assert.Equal(0, run.Status);
        Assert.Contains($"dlm {command}", run.Out);
        Assert.InRange(run.Out.TrimEnd().Split('\n').Length, 5, Screen);
    }

    [Fact]
    public void NoArgumentsAskForHelp()
    {
        using var place = new Workplace();
        var run = place.Run();
        Assert.Equal(0, run.Status);
        Assert.Equal(place.Run("--help").Out, run.Out);
        Assert.All(Commands, command => Assert.Contains($"  {command.Data} ", run.Out));
    }

    [Fact]
    public void AnUnknownCommandNamesThoseThereAre()
    {
        using var place = new Workplace();
        var run = place.Run("chek");
        Assert.Equal(2, run.Status);
        Assert.StartsWith("dlm: There is no command 'chek'. There are check, fmt", run.Error);
    }

    [Fact]
    public void AMissingArgumentPointsAtTheHelp()
    {
        using var place = new Workplace();
        Assert.Equal(new CommandRun(2, "", "dlm: Required argument missing for command: 'show'.\ndlm: 'dlm show --help' says what there is.\n"), place.Run("show"));
    }
}
