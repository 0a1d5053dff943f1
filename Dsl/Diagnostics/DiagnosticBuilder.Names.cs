namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void UnknownName(string what, string name, IEnumerable<string> candidates)
    {
        // A capital letter is a model's or block's.
        if (char.IsUpper(name[0]) && !bag.IsFirst(name)) return;
        Report(DiagnosticKinds.UnknownName, $"There is no {what} '{name}'.{Spelling.DidYouMean(name, candidates)}");
    }

    public void NameElsewhere(string name, string @namespace)
    {
        if (bag.IsFirst(name)) Report(DiagnosticKinds.UnknownName, $"'{name}' is in the namespace '{@namespace}'. Write at the top of this file: use {@namespace}");
    }

    public void DuplicateName(string name, int line) =>
        Report(DiagnosticKinds.DuplicateName, $"'{name}' is declared already, on line {line}. Give one of them another name.");

    public void DuplicateName(string name, string path, int line) =>
        Report(DiagnosticKinds.DuplicateName, $"'{name}' is declared already, in {path} on line {line}. Give one of them another name, or another namespace.");

    public void ReservedName(string what, string name) =>
        Report(DiagnosticKinds.ReservedName, $"A {what} cannot be called '{name}': its C# class needs that name for something else. Choose another name.");

    public void ReservedNamespace(string name) =>
        Report(DiagnosticKinds.ReservedName, $"Models cannot be in the namespace '{name}': their C# would hide types of .NET or TorchSharp. "
            + "Write another at the top of the file, e.g. namespace My.Models.");

    public void UnknownArgument(string callee, string name, IEnumerable<string> candidates)
    {
        // A parameter that got another name is missed wherever its model is called: once is enough.
        if (char.IsUpper(callee[0]) && !bag.IsFirst($"{callee}({name})")) return;
        var all = candidates.ToArray();
        var hint = Spelling.DidYouMean(name, all);
        if (hint.Length == 0) hint = all.Length == 0 ? " It takes none." : $" It takes {string.Join(", ", all)}.";
        Report(DiagnosticKinds.UnknownArgument, $"'{callee}' has no argument '{name}'.{hint}");
    }

    public void TooManyArguments(string callee, int most) =>
        Report(DiagnosticKinds.UnknownArgument, $"'{callee}' takes {(most == 0 ? "no arguments" : most == 1 ? "one argument" : $"at most {most} arguments")}. Remove this one.");

    public void DuplicateArgument(string callee, string name) =>
        Report(DiagnosticKinds.UnknownArgument, $"'{callee}' is given '{name}' twice. Remove one.");

    public void MissingArgument(string callee, string name, string example) =>
        Report(DiagnosticKinds.MissingArgument, $"'{callee}' needs '{name}': {example}.");

    public void WrongArgumentKind(string name, string needed, string given) =>
        Report(DiagnosticKinds.WrongArgumentKind, $"'{name}' takes {needed}, not {given}.");

    public void ArgumentOutOfRange(string name, string given, string needed) =>
        Report(DiagnosticKinds.ArgumentOutOfRange, $"'{name}' is {given}; it must be {needed}.");

    public void UnknownType(string name, IEnumerable<string> candidates) =>
        Report(DiagnosticKinds.UnknownType, $"There is no type '{name}'.{Spelling.DidYouMean(name, candidates)} A parameter is an int, float, bool or string.");

    public void MissingType(string name) =>
        Report(DiagnosticKinds.UnknownType, $"'{name}' needs a type: write {name}: int, float, bool or string.");

    public void NotAStage(string what) =>
        Report(DiagnosticKinds.NotAStage, $"{what} is no stage: tensors flow through stages such as relu or linear(10).");

    public void DuplicateKey(string key, int line) =>
        Report(DiagnosticKinds.DuplicateKey, $"The key '{key}' belongs to the stage on line {line} already. Give one of them another name.");

    public void UnusedParameter(string name) =>
        Report(DiagnosticKinds.UnusedParameter, $"Nothing uses the parameter '{name}'. Remove it, or use it.");

    public void UnusedValue(string name) =>
        Report(DiagnosticKinds.UnusedValue, $"Nothing uses the value '{name}'. Remove it, use it, or call it '_{name}'.");

    public void UnusedInput(string name) =>
        Report(DiagnosticKinds.UnusedValue, $"Nothing uses the input '{name}'. Remove it, use it, or call it '_{name}'.");

    public void UnusedStage(string name) =>
        Report(DiagnosticKinds.UnusedStage, $"What '{name}' makes here flows nowhere: the next line begins with something else. Name it and use the name, or remove it.");

    public void UnusedUse(string name) =>
        Report(DiagnosticKinds.UnusedUse, $"Nothing here is from the namespace '{name}'. Remove this line.");

    public void UnknownSuppression(string id) => Report(
        DiagnosticKinds.UselessSuppression,
        id.Length == 0
            ? "This comment does not say which warnings to disable. Write their ids behind it, e.g. DLM0130."
            : $"There is no diagnostic '{id}'.{Spelling.DidYouMean(id, DiagnosticKind.All.Where(k => k.Severity != Severity.Error).Select(k => k.Id))}");

    public void SuppressedError(string id) =>
        Report(DiagnosticKinds.UselessSuppression, $"{id} is an error, and errors cannot be disabled. Mend what it is about and remove this comment.");

    public void UselessSuppression(string id, bool inFile) =>
        Report(DiagnosticKinds.UselessSuppression, $"There is no {id} {(inFile ? "in this file" : "on the next line")} to disable. Remove this comment.");

    public void NoStages(string name) =>
        Report(DiagnosticKinds.NoStages, $"'{name}' computes nothing: its result would be its input. Write its stages between the braces.");

    public void NotInLanguage(string what, string instead) =>
        Report(DiagnosticKinds.NotInLanguage, $"{what} is not possible here. {instead}");

    public void TooLarge(string what) =>
        Report(DiagnosticKinds.TooLarge, what);

    public void NameTaken(string name) =>
        Report(DiagnosticKinds.DuplicateName, $"'{name}' has a value already. Give this one another name.");

    public void IncompleteState(string word, string name) =>
        Report(DiagnosticKinds.IncompleteState, $"'{name}' needs its shape and how it begins: {word} {name}: [d, d] = {(word == "param" ? "xavier" : "zeros")}.");

    public void OptionalMissing(string name) =>
        Report(DiagnosticKinds.OptionalMissing, $"'{name}' is optional and may be missing here. Ask first: if {name} then ... else ...; or give it to an input that is optional too.");

    public void BlockContainsItself(string name) =>
        Report(DiagnosticKinds.BlockContainsItself, $"'{name}' would contain itself without end. Repeat a block with 'repeat', or share a layer.");

    public void WrongInputCount(string callee, int fewest, int most, int given)
    {
        var needed = fewest == most ? Tensors(fewest) : most == int.MaxValue ? $"at least {Tensors(fewest)}" : $"{fewest} to {Tensors(most)}";
        var help = given < fewest ? "Name them: (x, y) -> stage." : given > 1 ? "Make one tensor of several with concat or +." : "Remove what is too much.";
        Report(DiagnosticKinds.WrongInputCount, $"'{callee}' takes {needed}, and {Tensors(given)} {(given == 1 ? "flows" : "flow")} in. {help}");
    }

    public void WrongOutputCount(int promised, int given) =>
        Report(DiagnosticKinds.WrongInputCount, $"The signature promises {Tensors(promised)}, the last line gives {given}. End with a tuple of them: (a, b).");

    public void RequirementFails(string claim, string values) =>
        Report(DiagnosticKinds.RequirementFails, $"{RequirementFails(claim)}{(values.Length > 0 ? $" for {values}" : "")}. Choose other arguments.");

    /// <summary>How the constructor and the check of an input begin to say it.</summary>
    public static string RequirementFails(string claim) => $"'{claim}' does not hold";

    public void ConditionOpen(string condition, string symbol) => Report(
        DiagnosticKinds.ConditionOpen,
        $"'{condition}' depends on {symbol}, which is known only when the model is called. Decide by parameters and by sizes that the signature fixes.");

    public void FailsInside(string block, Diagnostic inner) => Report(
        DiagnosticKind.All.First(k => k.Id == inner.Id),
        $"In '{block}' ({inner.Path}, line {inner.Start.Line + 1}): {inner.Message}");

    private static string Tensors(int count) => count == 1 ? "one tensor" : $"{count} tensors";

    public void PatternWrong(string @operator, string pattern, int place, string problem) => Report(
        DiagnosticKinds.PatternWrong,
        $"""
        '{@operator}': {problem}.
            {pattern}
            {new string(' ', place)}^
        """);
}
