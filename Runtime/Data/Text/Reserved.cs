namespace Dlm.Runtime.Data.Text;

/// <summary>Entries of a vocabulary that stand for no piece of text.</summary>
public static class Reserved
{
    /// <summary>Where a sequence has ended, in a batch with longer ones.</summary>
    public const string Padding = "[PAD]";

    /// <summary>What the vocabulary has no entry for.</summary>
    public const string Unknown = "[UNK]";

    /// <summary>The end of a sentence.</summary>
    public const string Separator = "[SEP]";

    /// <summary>The beginning of a sequence, and what a class is read from.</summary>
    public const string Start = "[CLS]";

    /// <summary>What a masked language model shall guess.</summary>
    public const string Mask = "[MASK]";

    /// <summary>Any number.</summary>
    public const string Number = "[NUM]";

    /// <summary>All of them, in the order in which a new vocabulary has them: padding is 0.</summary>
    public static IReadOnlyList<string> All { get; } = [Padding, Unknown, Separator, Start, Mask, Number];
}
