using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Small pictures that are drawn as they are needed, so that none is seen twice.</summary>
internal static class Figures
{
    private const double Noise = 0.3;

    /// <summary>
    /// Stripes [count, 3, side, side] in one of some directions, and which. How wide they are, where they begin and their colour are drawn, so that no pixel
    /// tells the direction.
    /// </summary>
    public static (Tensor Images, Tensor Truth) Stripes(long count, long side, int directions = 4)
    {
        Tensor direction = randint(0, directions, count), angle = direction.to(float32) * (Math.PI / directions);
        Tensor place = arange(side, dtype: float32), period = 6 + 4 * rand(count, 1, 1, 1);
        Tensor across = cos(angle).reshape(-1, 1, 1, 1) * place.reshape(1, 1, 1, -1) + sin(angle).reshape(-1, 1, 1, 1) * place.reshape(1, 1, -1, 1);
        Tensor waves = sin(2 * Math.PI * (across / period + rand(count, 1, 1, 1)));
        return (waves * (0.5 + rand(count, 3, 1, 1)) + Noise * randn(count, 3, side, side), direction);
    }

    /// <summary>
    /// Grey images [count, 1, side, side] with a standing and a lying bar somewhere among specks, and of each pixel [count, side, side] whether it belongs to neither (0),
    /// the standing one (1) or the lying one (2).
    /// </summary>
    public static (Tensor Images, Tensor Classes) Bars(long count, long side)
    {
        const double Length = 6, Breadth = 2;
        Tensor place = arange(side, dtype: float32);
        (Tensor down, Tensor across) = (place.reshape(1, -1, 1), place.reshape(1, 1, -1));
        Tensor classes = where(Bar(Length, Breadth), tensor(1L), where(Bar(Breadth, Length), tensor(2L), tensor(0L)));
        Tensor bright = (classes > 0).logical_or(rand(count, side, side) < 0.05).to(float32);
        return ((bright + Noise * randn(count, side, side)).unsqueeze(1), classes);

        Tensor Bar(double height, double width) => Near(down, height).logical_and(Near(across, width));
        Tensor Near(Tensor places, double reach) => (places - (Length + rand(count, 1, 1) * (side - 2 * Length))).abs() < reach;
    }

    /// <summary>Digits [count, 1, 28, 28] as the program draws them, and which.</summary>
    public static (Tensor Images, Tensor Digits) Digits(int count, ulong seed)
    {
        using Batch batch = DrawnDigits.Draw(count, seed).Read([.. Enumerable.Range(0, count).Select(i => (long)i)]);
        return (batch.Input.clone(), batch.Target.clone());
    }
}
