using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;

namespace Dlm.Runtime.Tests.Data;

public sealed class DrawnDigitsTests
{
    [Fact]
    public void A_seed_draws_the_same_digits_and_another_draws_others()
    {
        LabelledImages first = DrawnDigits.Draw(200, seed: 1), same = DrawnDigits.Draw(200, seed: 1), other = DrawnDigits.Draw(200, seed: 2);

        Assert.True(Pixels(first).SequenceEqual(Pixels(same)));
        Assert.False(Pixels(first).SequenceEqual(Pixels(other)));
    }

    [Fact]
    public void Every_digit_is_drawn_equally_often_and_each_time_differently()
    {
        LabelledImages digits = DrawnDigits.Draw(1000, seed: 3);

        Assert.All(Enumerable.Range(0, 1000).GroupBy(i => digits.Label(i)), group => Assert.Equal(100, group.Count()));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(i => Convert.ToHexString(digits.Image(i))).Distinct().Count());
    }

    [Fact]
    public void The_ink_is_as_much_as_in_handwriting_and_stays_inside()
    {
        LabelledImages digits = DrawnDigits.Draw(1000, seed: 4);

        for (int i = 0; i < 1000; i++)
        {
            int[] ink = [.. digits.Image(i).ToArray().Select((pixel, at) => pixel > 60 ? at : -1).Where(at => at >= 0)];
            Assert.InRange(ink.Length, 18, 320);
            Assert.InRange(ink.Average(at => at % 28), 10, 18);
            Assert.InRange(ink.Average(at => at / 28), 9, 19);
        }
    }

    private static byte[] Pixels(LabelledImages images) => [.. Enumerable.Range(0, (int)images.Count).SelectMany(i => images.Image(i).ToArray())];
}
