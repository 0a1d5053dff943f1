using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dlm.Samples;

/// <summary>What a run reached.</summary>
/// <param name="Sample">The sample's name.</param>
/// <param name="Arguments">What was typed behind it; nothing for a run by default.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Machine">On what, in words.</param>
/// <param name="Figures">What was measured, those first that matter most.</param>
/// <param name="Pictures">What was drawn.</param>
/// <param name="Texts">What was written.</param>
internal sealed record Outcome(
    string Sample,
    string Arguments,
    double Seconds,
    string Machine,
    IReadOnlyList<OutcomeFigure> Figures,
    IReadOnlyList<OutcomePicture> Pictures,
    IReadOnlyList<OutcomeText> Texts)
{
    /// <summary>The file that it is written to.</summary>
    public const string FileName = "outcome.json";

    private static readonly JsonSerializerOptions Style = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Style) + "\n";

    public static Outcome FromJson(string json) => JsonSerializer.Deserialize<Outcome>(json, Style) ?? throw new JsonException("An outcome is an object.");
}

/// <summary>A figure as it is to be read, with its unit.</summary>
internal sealed record OutcomeFigure(string Name, string Value);

/// <summary>A picture, in the folder of the outcome.</summary>
internal sealed record OutcomePicture(string File, string Caption);

/// <summary>Some lines of text.</summary>
internal sealed record OutcomeText(string Caption, string Text);
