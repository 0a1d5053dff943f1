namespace Dlm.Runtime.Data.Tables;

/// <summary>Which columns of a table become which tensors.</summary>
public sealed record CsvSchema
{
    /// <summary>Columns of numbers: "input", float32 [B, n].</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Columns of words out of a few: "categories", int64 [B, n], for embeddings. Each has a vocabulary of its own; 0 is a word that was not there in training.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The column of classes to be told: "target", int64 [B].</summary>
    public string? Classes { get; init; }

    /// <summary>The columns of numbers to be told: "target", float32 [B, n].</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether <see cref="Numbers"/> are brought to mean 0 and deviation 1, those of the training table.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>What stands for an empty field among the <see cref="Numbers"/>, before they are standardised; without it an empty field is an error.</summary>
    public double? Missing { get; init; }

    /// <summary>What separates columns.</summary>
    public string Delimiter { get; init; } = ",";
}
