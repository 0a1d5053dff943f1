using System.Reflection;
using System.Runtime.CompilerServices;
using Dlm.Samples;
using Dlm.Zoo;
using Dlm.Zoo.Systems;

namespace Dlm.Models.Tests;

/// <summary>Every row of docs/zoo.md is whole: its models are held against references, something trains them, and it learns in a test and in a sample.</summary>
public sealed class SystemTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));
    private static readonly Lazy<Declarations> Declared = new(() => new Declarations(Path.Combine(Root, "Models")));
    private static readonly Lazy<HashSet<string>> Taught = new(() =>
        [.. typeof(SystemTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Where(trait => trait.Name == "system").Select(trait => trait.Value)]);

    public static TheoryData<string> Keys => [.. Catalogue.All.Select(system => system.Key)];

    public static TheoryData<string> Samples => [.. Catalogue.Samples];

    [Theory, MemberData(nameof(Keys))]
    public void IsHeldAgainstReferences(string key)
    {
        var held = Zoo.Models.Select(model => model.Class).Concat(Zoo.TooLarge).Select(type => type.Name);
        Assert.Empty(Find(key).Counted.Select(counted => counted.Name).Except(held));
    }

    [Theory, MemberData(nameof(Keys))]
    public void IsTrainedInDlm(string key)
    {
        var (objectives, recipes) = Declared.Value.TrainingOf(Find(key));
        Assert.True(objectives.Count + recipes.Count > 0, $"Nothing in Models trains {Find(key).Name}.");
    }

    [Theory, MemberData(nameof(Keys))]
    public void LearnsInATest(string key) => Assert.Contains(key, Taught.Value);

    [Theory, MemberData(nameof(Samples))]
    public void HasReachedWhatThePageSays(string sample)
    {
        Assert.Contains(sample, SampleList.Fields.SelectMany(field => field.Samples).Select(one => one.Command.Name));
        var outcome = Page.OutcomeOf(Path.Combine(Root, "docs"), sample);
        Assert.True(outcome is not null, $"{sample} was never measured: dotnet run --project Zoo --configuration Release -- measure {sample}");
        Assert.Equal("", outcome.Arguments);
        Assert.InRange(outcome.Seconds, 0, 600);
        Assert.NotEmpty(outcome.Figures);
        Assert.True(outcome.Pictures.Count + outcome.Texts.Count > 0 || outcome.Figures.Count > 2, $"{sample} shows nothing of what it learned.");
    }

    [Fact]
    public void EveryTestThatTeachesIsOnThePage() => Assert.Empty(Taught.Value.Except([.. Catalogue.All.Select(system => system.Key), .. Catalogue.Others.Select(other => other.Sample)]));

    private static ZooSystem Find(string key) => Catalogue.All.Single(system => system.Key == key);

    private static string Here([CallerFilePath] string file = "") => file;
}
