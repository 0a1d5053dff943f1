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

    public void NotTrainable(string message) => Report(DiagnosticKinds.NotTrainable, message);

    public void NotALoss(string name, string why, IEnumerable<string> losses) =>
        Report(DiagnosticKinds.NotALoss, $"'{name}' is no loss for a recipe: {why}. There are {string.Join(", ", losses)}.");

    public void LossUnfit(string model, string why) =>
        Report(DiagnosticKinds.LossUnfit, $"The loss does not fit what '{model}' gives. {why}");

    public void MetricUnfit(string metric, string loss, string why) =>
        Report(DiagnosticKinds.MetricUnfit, $"'{metric}' counts right classes, and here the loss is '{loss}', {why}. Remove it, or change the loss.");
}
