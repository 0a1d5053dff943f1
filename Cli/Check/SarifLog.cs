using System.Text.Json;
using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Check;

/// <summary>What a check found as a SARIF 2.1.0 log (OASIS, 2020): one run, with a rule for each kind of mistake there is.</summary>
internal static class SarifLog
{
    // As the build names them: from the root of the language's repository.
    private const string Pages = "docs/diagnostics/";

    public static string Write(CheckSummary summary) => Json.Object(json =>
    {
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteObjects("runs", [summary], run =>
        {
            json.WriteStartObject("tool");
            WriteDriver(json);
            json.WriteEndObject();
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteObjects("results", run.Diagnostics, diagnostic => WriteResult(json, diagnostic));
        });
    });

    private static void WriteDriver(Utf8JsonWriter json)
    {
        json.WriteStartObject("driver");
        json.WriteString("name", "dlm");
        json.WriteString("version", Resource.Version("DlmVersion"));
        json.WriteObjects("rules", DiagnosticKind.All, kind =>
        {
            json.WriteString("id", kind.Id);
            WriteText(json, "shortDescription", kind.Title);
            json.WriteString("helpUri", $"{Pages}{kind.Id}.md");
            if (Resource.Read($"Diagnostics/{kind.Id}.md") is { } page)
            {
                json.WriteStartObject("help");
                json.WriteString("text", kind.Title);
                json.WriteString("markdown", page);
                json.WriteEndObject();
            }
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(kind.Severity));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteString("ruleId", diagnostic.Id);
        json.WriteNumber("ruleIndex", DiagnosticKind.All.TakeWhile(kind => kind.Id != diagnostic.Id).Count());
        json.WriteString("level", LevelOf(diagnostic.Severity));
        WriteText(json, "message", diagnostic.Message);
        json.WriteObjects("locations", [diagnostic], place =>
        {
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri.EscapeDataString(place.Path).Replace("%2F", "/", StringComparison.Ordinal));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", place.Start.Line + 1);
            json.WriteNumber("startColumn", place.Start.Column + 1);
            json.WriteNumber("endLine", place.End.Line + 1);
            json.WriteNumber("endColumn", place.End.Column + 1);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
