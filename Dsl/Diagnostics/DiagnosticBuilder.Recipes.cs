namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void UnknownSetting(string name, IEnumerable<string> settings)
    {
        var all = settings.ToArray();
        var near = Spelling.DidYouMean(name, all);
        Report(DiagnosticKinds.UnknownSetting, $"A recipe has no setting '{name}'.{(near.Length > 0 ? near : $" There are {string.Join(", ", all)}.")}");
    }

    public void DuplicateSetting(string name, int line) =>
        Report(DiagnosticKinds.DuplicateSetting, $"'{name}' is set already, on line {line}. Remove one.");

    public void MissingSetting(string recipe, string purpose, params string[] examples) =>
        Report(DiagnosticKinds.MissingSetting, $"Nothing in '{recipe}' {purpose}. Add a line such as {string.Join(", or ", examples)}.");

    public void SettingForm(string name, string example) =>
        Report(DiagnosticKinds.SettingForm, $"This is not how '{name}' is set. Write {example}.");

    public void UnknownWord(string what, string name, IEnumerable<string> words)
    {
        var all = words.ToArray();
        var near = Spelling.DidYouMean(name, all);
        Report(DiagnosticKinds.UnknownWord, $"There is no {what} '{name}'.{(near.Length > 0 ? near : $" There {(all.Length == 1 ? "is" : "are")} {string.Join(", ", all)}.")}");
    }

    public void SettingsDisagree(string message) => Report(DiagnosticKinds.SettingsDisagree, message);

    public void PatternMatchesNothing(string pattern, IReadOnlyList<string> keys)
    {
        var near = Spelling.DidYouMean(pattern, keys.Take(1000).SelectMany(PatternsOf));
        if (near.Length == 0) near = keys.Count == 0 ? " The network has none." : $" There {(keys.Count == 1 ? "is" : "are")} {Some(keys)}.";
        Report(DiagnosticKinds.PatternMatchesNothing, $"No parameter of the network matches \"{pattern}\".{near}");
    }

    public void PatternTaken(string pattern, string key, bool isFrozen) => Report(
        DiagnosticKinds.PatternTaken,
        isFrozen
            ? $"All that \"{pattern}\" matches, such as {key}, is frozen. Remove this group, or do not freeze it."
            : $"All that \"{pattern}\" matches, such as {key}, is in an earlier group. Put the narrower pattern first.");

    public void InNoGroup(IReadOnlyList<string> keys) => Report(
        DiagnosticKinds.InNoGroup,
        $"{keys[0]}{(keys.Count > 1 ? $" and {keys.Count - 1} more are" : " is")} in no group and would never learn. End with: group \"*\", for the rest with the optimizer's own settings; or freeze {(keys.Count > 1 ? "them" : "it")}.");

    public void NothingLearns() => Report(DiagnosticKinds.NothingLearns, "All parameters of the network are frozen: nothing is left to train. Leave something out.");

    public void NotTrainable(string message) => Report(DiagnosticKinds.NotTrainable, message);

    public void NotALoss(string name, string why, IEnumerable<string> losses) =>
        Report(DiagnosticKinds.NotALoss, $"'{name}' is no loss for a recipe: {why}. There are {string.Join(", ", losses)}.");

    public void LossUnfit(string model, string why) =>
        Report(DiagnosticKinds.LossUnfit, $"The loss does not fit what '{model}' gives. {why}");

    public void MetricUnfit(string metric, string loss, string why) =>
        Report(DiagnosticKinds.MetricUnfit, $"'{metric}' counts right classes, and here the loss is '{loss}', {why}. Remove it, or change the loss.");
}
