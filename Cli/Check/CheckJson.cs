namespace Dlm.Cli.Check;

/// <summary>What a check found, for other programs.</summary>
internal static class CheckJson
{
    public static string Write(CheckSummary summary) => Json.Object(json =>
    {
        json.WriteNumber("version", 1);
        json.WriteNumber("files", summary.Files);
        json.WriteNumber("errors", summary.Errors);
        json.WriteNumber("warnings", summary.Warnings);
        json.WriteObjects("diagnostics", summary.Diagnostics, diagnostic =>
        {
            json.WriteString("id", diagnostic.Id);
            json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
            json.WriteString("title", diagnostic.Title);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("file", diagnostic.Path);
            json.WriteNumber("line", diagnostic.Start.Line + 1);
            json.WriteNumber("column", diagnostic.Start.Column + 1);
            json.WriteNumber("endLine", diagnostic.End.Line + 1);
            json.WriteNumber("endColumn", diagnostic.End.Column + 1);
        });
    });
}
