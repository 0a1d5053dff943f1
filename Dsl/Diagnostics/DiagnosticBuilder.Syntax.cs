namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void UnexpectedCharacter(string character) =>
        Report(DiagnosticKinds.UnexpectedCharacter, $"{character} has no meaning here. Remove it.");

    public void UnterminatedString() =>
        Report(DiagnosticKinds.UnterminatedString, "This text has no closing quote on its line. Write \" at its end.");

    public void UnterminatedComment() =>
        Report(DiagnosticKinds.UnterminatedComment, "This comment is never closed. Write */ at its end.");

    public void NumberOutOfRange(string text) =>
        Report(DiagnosticKinds.NumberOutOfRange, $"{Short(text)} is too large: whole numbers go up to 9_223_372_036_854_775_807.");

    public void UnexpectedToken(string found, string expected) =>
        Report(DiagnosticKinds.UnexpectedToken, $"Expected {expected}, found {Short(found)}.");

    public void UnexpectedDeclaration(string found, string hint) =>
        Report(DiagnosticKinds.UnexpectedDeclaration, $"{Short(found)} begins no declaration: write model, block, fn or extern fn.{hint}");

    public void Unclosed(string open, string close) =>
        Report(DiagnosticKinds.Unclosed, $"This '{open}' is never closed. Write '{close}' where it ends.");

    public void TooDeep(int most) =>
        Report(DiagnosticKinds.TooDeep, $"Nested more than {most} deep. Name the inner part as a block of its own and call it here.");

    private static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 37) + "...";
}
