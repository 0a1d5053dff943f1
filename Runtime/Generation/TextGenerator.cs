using Dlm.Runtime.Data.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>Writes on, token by token.</summary>
public sealed class TextGenerator
{
    private readonly IDecoder _decoder;
    private readonly long? _end;

    /// <summary>Writes with a network.</summary>
    /// <param name="decoder">The network and what it remembers; it stays the caller's.</param>
    /// <param name="end">The token that ends a text; none does, if null.</param>
    public TextGenerator(IDecoder decoder, long? end = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        (_decoder, _end) = (decoder, end);
    }

    /// <summary>Goes on with some texts, until each has ended, there are as many tokens as asked for, or the network can hold no more.</summary>
    /// <param name="prompt">How they begin: int64 [B, T], T being at least 1.</param>
    /// <param name="count">The most tokens to add to each.</param>
    /// <param name="choice">How a token is chosen: <see cref="Greedy"/> or <see cref="Drawn"/>.</param>
    /// <param name="written">Is told each token as it is written, int64 [B].</param>
    /// <returns>What was added, int64 [B, at most count]; behind the end of a text there are only ends. The caller disposes it.</returns>
    public Tensor Generate(Tensor prompt, long count, ITokenChoice choice, Action<Tensor>? written = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        _decoder.Reset();
        List<Tensor> tokens = [];
        Tensor? ended = null;
        Tensor logits = _decoder.Read(prompt);
        while (true)
        {
            Tensor token = choice.Choose(logits);
            logits.Dispose();
            if (_end is { } end)
            {
                if (ended is not null) token = token.masked_fill(ended, end);
                Tensor ends = token.eq(end);
                ended = ended?.logical_or(ends) ?? ends;
            }
            tokens.Add(token);
            written?.Invoke(token);
            if (tokens.Count == count || _decoder.Length == _decoder.Capacity || ended?.all().item<bool>() == true) break;
            logits = _decoder.Read(token.unsqueeze(1));
        }
        return stack(tokens, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Goes on with a text.</summary>
    /// <param name="text">How it begins.</param>
    /// <param name="tokenizer">Makes tokens of it, and text of tokens; the text has at least one.</param>
    /// <param name="count">The most tokens to add.</param>
    /// <param name="choice">How a token is chosen.</param>
    /// <param name="device">Where the network is; the CPU, if null.</param>
    /// <returns>What was added.</returns>
    public string Write(string text, ITokenizer tokenizer, long count, ITokenChoice choice, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokenizer);
        long[] numbers = [.. tokenizer.Encode(text).Select(number => (long)number)];
        if (numbers.Length == 0) throw new ArgumentException("There is nothing to go on with: the text has no token.", nameof(text));
        using DisposeScope scope = NewDisposeScope();
        Tensor added = Generate(tensor(numbers, device: device).unsqueeze(0), count, choice);
        return tokenizer.Decode(added.cpu().data<long>().ToArray().TakeWhile(token => token != _end).Select(token => (int)token));
    }
}
