namespace Dlm.Runtime.Data;

/// <summary>Samples that can be read by their indices, a whole batch at a time.</summary>
public interface IDataset
{
    /// <summary>How many samples there are.</summary>
    long Count { get; }

    /// <summary>What a sample is called, in the plural: "images", "sentences".</summary>
    string SampleNoun => "samples";

    /// <summary>What a message calls a sample: its file, where it has one.</summary>
    string SampleName(long index) => $"sample {index}";

    /// <summary>How many classes its targets are of; null where they are no classes, or where it cannot know.</summary>
    int? Classes => null;

    /// <summary>Reads the samples at <paramref name="indices"/> as one batch of tensors in the machine's own memory.</summary>
    /// <remarks>
    /// Called from background threads, several at once where a loader has several workers: it must not change the data set.
    /// Intermediate tensors need no disposal; only the batch's tensors outlive the call.
    /// </remarks>
    Batch Read(ReadOnlySpan<long> indices);
}
