using Dlm.Runtime.Keys;

namespace Dlm.Runtime.Tests.Keys;

public sealed class KeyPatternTests
{
    [Theory]
    [InlineData("features", "features.0.weight", true)]
    [InlineData("features", "features", true)]
    [InlineData("features", "features2.weight", false)]
    [InlineData("features.*", "features.0.weight", true)]
    [InlineData("features.*", "features", false)]
    [InlineData("*", "anything.at.all", true)]
    [InlineData("*.bias", "layer1.0.bias", true)]
    [InlineData("*.bias", "layer1.0.bias2", false)]
    [InlineData("layer?.0.*", "layer3.0.conv.weight", true)]
    [InlineData("layer?.0.*", "layer12.0.conv.weight", false)]
    [InlineData("*.bn*.*", "layer1.0.bn2.weight", true)]
    [InlineData("a.b", "a+b", false)]
    [InlineData("", "", true)]
    public void Matches_whole_keys(string pattern, string key, bool expected) => Assert.Equal(expected, new KeyPattern(pattern).Matches(key));

    [Fact]
    public void Many_stars_take_no_longer_than_a_few() =>
        Assert.False(new KeyPattern(string.Concat(Enumerable.Repeat("*a", 200)) + "b").Matches(new string('a', 5000)));

    [Theory]
    [InlineData("feature.*", "No parameter matches 'feature.*'. Did you mean 'features.*'?")]
    [InlineData("features.1.weigth", "No parameter matches 'features.1.weigth'. Did you mean 'features.1.weight'?")]
    [InlineData("backbone", "No parameter matches 'backbone'. There are 'features', 'classifier'.")]
    public void A_pattern_that_matches_nothing_is_mended(string pattern, string message) =>
        Assert.Equal(message, new KeyPattern(pattern).NothingMatches(["features.0.weight", "features.1.weight", "classifier.bias"], "parameter"));
}
