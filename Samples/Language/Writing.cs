using System.Text;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>Has a network write, in each of the ways in which a next character can be chosen.</summary>
internal static class Writing
{
    private static readonly (string Name, Func<Generator, ITokenChoice> Choose)[] Ways =
    [
        ("Always the likeliest character (greedy)", _ => new Greedy()),
        ("Drawn as likely as the network says", chance => new Drawn(generator: chance)),
        ("Drawn at temperature 0.8 from the 10 likeliest", chance => new Drawn(temperature: 0.8, topK: 10, generator: chance)),
        ("Drawn from the likeliest 90 % (nucleus)", chance => new Drawn(topP: 0.9, generator: chance)),
    ];

    /// <summary>Writes on from a prompt in every way.</summary>
    public static void ShowAll(SampleRun run, IDecoder decoder, ITokenizer tokenizer, string prompt, int length)
    {
        foreach ((string name, Func<Generator, ITokenChoice> choose) in Ways)
        {
            using Generator chance = new(run.Seed);
            run.Text(name, WriteOn(decoder, tokenizer, prompt, length, choose(chance)));
        }
    }

    /// <summary>Writes on from a prompt: where the network can hold no more, it goes on with half of what it holds.</summary>
    public static string WriteOn(IDecoder decoder, ITokenizer tokenizer, string prompt, int length, ITokenChoice choice)
    {
        TextGenerator generator = new(decoder);
        StringBuilder text = new(prompt);
        while (text.Length < prompt.Length + length)
        {
            int seen = (int)Math.Min(text.Length, decoder.Capacity / 2);
            text.Append(generator.Write(text.ToString(text.Length - seen, seen), tokenizer, prompt.Length + length - text.Length, choice));
        }

        return text.ToString().Trim();
    }
}
