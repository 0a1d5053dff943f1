namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void UnexpectedCharacter(string character, char first) =>
        Report(DiagnosticKinds.UnexpectedCharacter, $"{character} has no meaning here. {InsteadOf(first)}");

    public void UnterminatedString() =>
        Report(DiagnosticKinds.UnterminatedString, "This text has no closing quote on its line. Write \" at its end.");

    public void UnterminatedComment() =>
        Report(DiagnosticKinds.UnterminatedComment, "This comment is never closed. Write */ at its end.");

    public void NumberOutOfRange(string text) =>
        Report(DiagnosticKinds.NumberOutOfRange, $"{Short(text)} is too large: whole numbers go up to 9_223_372_036_854_775_807.");

    public void UnexpectedToken(string found, string expected) =>
        Report(DiagnosticKinds.UnexpectedToken, $"Expected {expected}, found {Short(found)}.");

    public void UnexpectedDeclaration(string found, string hint) =>
        Report(DiagnosticKinds.UnexpectedDeclaration, $"{Short(found)} begins no declaration: write model, block, fn, extern fn, objective or train.{hint}");

    public void Unclosed(string open, string close, string hint) =>
        Report(DiagnosticKinds.Unclosed, $"This '{open}' is never closed. Write '{close}' where it ends.{hint}");

    public void TooDeep(int most) =>
        Report(DiagnosticKinds.TooDeep, $"Nested more than {most} deep. Name the inner part as a block of its own and call it here.");

    // What other languages write with such a character.
    private static string InsteadOf(char character) => character switch
    {
        '#' => "A comment begins with //.",
        '=' => "Stages are joined by ->.",
        '^' => "A power is written a ** b.",
        '&' => "Write and.",
        '|' => "Write or.",
        '!' => "Write not.",
        '\'' or '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u201E' => "A text stands between two \".",
        _ => "Remove it.",
    };

    private static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 37) + "...";
}
