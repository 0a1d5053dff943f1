namespace Dlm.Dsl;

/// <summary>A <c>.dlm</c> file and its tree. Equal to another with the same path and text: what a build compares.</summary>
public sealed class ParsedFile : IEquatable<ParsedFile>
{
    /// <summary>Parses <paramref name="text"/>; never fails, a broken piece becomes a node that holds its error.</summary>
    public ParsedFile(string path, string text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>The file's path, as diagnostics show it.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public bool Equals(ParsedFile? other) =>
        ReferenceEquals(this, other) || (other is not null && Path == other.Path && Text == other.Text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParsedFile);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(Path.GetHashCode() * 31 + Text.GetHashCode());
}
