using Dlm.Models.Language;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Checkpoints as Hugging Face has them: a pre-trained network's, with the tied table listed twice and the names that norms had in 2018.</summary>
public sealed class HuggingFaceWeightsTests
{
    [Fact]
    public void BertTakesItsPartOfAnOldCheckpointAndSaysWhatItLeft()
    {
        using var scope = NewDisposeScope();
        BertForPreTraining published = new(vocab: 30, d: 16, layers: 1, heads: 2, context: 8);
        Bert bert = new(vocab: 30, d: 16, layers: 1, heads: 2, context: 8);
        Fill.Apply(published);
        var folder = Directory.CreateTempSubdirectory("dlm-huggingface-");
        try
        {
            var path = Path.Combine(folder.FullName, "pytorch_model.safetensors");
            var state = published.state_dict().ToDictionary(entry => OldName(entry.Key), entry => entry.Value);
            state["cls.predictions.decoder.weight"] = state["bert.embeddings.word_embeddings.weight"].clone();
            WeightFile.Save(path, state);

            var strict = Assert.Throws<WeightFileException>(() => bert.LoadWeights(path)).Message;
            Assert.Contains("nothing was loaded", strict, StringComparison.Ordinal);
            Assert.Contains("did you mean the file's 'bert.embeddings.word_embeddings.weight'?", strict, StringComparison.Ordinal);
            LoadOptions options = new()
            {
                Rename = [Renaming.Pattern("bert.*", "*"), Renaming.Pattern("cls.*", ""), Renaming.Pattern("*.gamma", "*.weight"), Renaming.Pattern("*.beta", "*.bias")],
            };
            var report = bert.LoadWeights(path, options);

            Assert.Equal($"{path}: 23 tensors loaded, and that is all.", report.ToString());
            Assert.Contains(report.Loaded, weight => (weight.Key, weight.FileKey) == ("embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.gamma"));
            var expected = published.state_dict();
            Assert.All(bert.state_dict(), entry => Assert.Equal(expected[$"bert.{entry.Key}"].data<float>().ToArray(), entry.Value.data<float>().ToArray()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string OldName(string key) => key.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal);
}
