using System.Globalization;
using System.Numerics;

namespace Dlm.Runtime.Data.Drawn;

/// <summary>How people write the ten digits: several shapes each, every one a few pen strokes in a box of width 1 and height 1.4.</summary>
internal static class DigitShapes
{
    private const int StepsPerCurve = 10;

    // As in SVG: M moves the pen, L draws a line, C a cubic Bezier curve by two control points and its end. x to the right, y downwards.
    private static readonly string[][] Paths =
    [
        [
            "M .5 0 C .1 0 0 .4 0 .72 C 0 1.1 .2 1.4 .5 1.4 C .8 1.4 1 1.1 1 .7 C 1 .3 .85 0 .5 0",
            "M .62 .04 C .2 0 .06 .45 .05 .75 C .04 1.15 .25 1.4 .48 1.4 C .8 1.4 .96 1 .95 .66 C .94 .3 .8 .02 .55 .1",
        ],
        [
            "M .5 0 L .5 1.4",
            "M .3 .25 C .4 .2 .48 .1 .52 0 L .52 1.4",
            "M .25 .3 C .4 .22 .5 .1 .52 0 L .52 1.4 M .2 1.4 L .84 1.4",
        ],
        [
            "M .05 .35 C .08 .1 .3 0 .5 0 C .8 0 .95 .2 .92 .42 C .88 .75 .3 1.05 .05 1.38 L 1 1.36",
            "M .08 .3 C .12 .08 .35 0 .52 .01 C .85 .03 .94 .35 .8 .6 C .62 .95 .3 1.3 .12 1.36 C -.02 1.4 -.04 1.16 .14 1.14 C .4 1.12 .6 1.42 1 1.3",
            "M .05 .15 C .3 -.05 .9 -.05 .88 .35 C .86 .7 .4 1.1 .08 1.38 C .4 1.3 .7 1.38 1 1.36",
        ],
        [
            "M .08 .18 C .2 .02 .4 0 .5 0 C .95 0 1 .6 .4 .66 C 1.1 .66 1.1 1.4 .45 1.4 C .25 1.4 .1 1.32 0 1.18",
            "M .1 .05 L .88 .05 L .42 .58 C .8 .55 1 .78 .98 1 C .95 1.3 .6 1.42 .4 1.4 C .22 1.38 .1 1.32 .02 1.22",
            "M .12 .12 C .3 0 .75 -.05 .8 .28 C .82 .5 .6 .62 .38 .66 C .7 .62 .92 .8 .9 1.02 C .88 1.35 .4 1.5 .02 1.28",
        ],
        [
            "M .7 1.4 L .7 0 L 0 .95 L 1 .95",
            "M .12 .05 C .1 .3 .06 .5 .05 .72 L .88 .7 M .76 .08 C .74 .5 .72 1 .72 1.4",
            "M .15 0 C .1 .25 .02 .5 .1 .66 C .25 .8 .65 .75 .85 .6 M .86 .02 C .8 .5 .74 1 .68 1.4",
        ],
        [
            "M .9 0 L .22 0 L .12 .6 C .3 .48 .5 .46 .62 .48 C .9 .52 1 .75 .98 .95 C .95 1.25 .7 1.4 .45 1.4 C .25 1.4 .1 1.32 .02 1.2",
            "M .25 .05 C .22 .25 .18 .4 .15 .58 C .5 .45 .9 .6 .9 .95 C .9 1.25 .6 1.4 .4 1.4 C .2 1.4 .1 1.34 0 1.25 M .25 .05 L .98 .02",
        ],
        [
            "M .78 0 C .35 .15 .02 .6 .02 1 C .02 1.28 .25 1.4 .48 1.4 C .8 1.4 .98 1.2 .97 1 C .95 .72 .7 .66 .5 .66 C .25 .66 .08 .82 .04 1",
            "M .45 0 C .2 .35 .05 .75 .08 1.05 C .12 1.35 .4 1.42 .6 1.38 C .88 1.32 .92 .98 .72 .86 C .5 .75 .25 .9 .12 1.12",
        ],
        [
            "M .02 .05 L .98 .02 C .7 .4 .45 .85 .35 1.4",
            "M .05 .2 L .08 .02 L .95 .04 C .75 .5 .6 .9 .52 1.4",
            "M .02 .04 L .95 .02 C .72 .45 .5 .9 .4 1.4 M .28 .74 L .86 .7",
        ],
        [
            "M .85 .15 C .6 -.1 .1 0 .12 .33 C .15 .68 .98 .68 .96 1.05 C .95 1.5 .02 1.5 .04 1.06 C .06 .7 .9 .6 .88 .28 C .86 .1 .75 .05 .62 .02",
            "M .5 .64 C .1 .6 .08 0 .5 0 C .92 0 .9 .6 .5 .64 C -.05 .7 -.05 1.4 .5 1.4 C 1.05 1.4 1.05 .7 .5 .64",
        ],
        [
            "M .9 .35 C .88 .1 .7 0 .5 0 C .2 0 .04 .22 .05 .42 C .06 .65 .25 .76 .45 .76 C .7 .76 .86 .6 .9 .35 C .92 .75 .8 1.15 .66 1.4",
            "M .86 .12 C .6 -.08 .1 .02 .08 .4 C .06 .72 .5 .82 .72 .52 C .82 .38 .86 .2 .88 .06 L .84 1.4",
            "M .9 .3 C .9 .1 .7 0 .5 0 C .2 0 .04 .2 .05 .4 C .06 .62 .25 .74 .45 .74 C .7 .74 .88 .6 .9 .3 C .98 .85 .9 1.4 .5 1.4 C .35 1.4 .2 1.34 .12 1.24",
        ],
    ];

    /// <summary>For each digit its shapes, each a list of strokes, each a row of points close enough to be joined by lines.</summary>
    public static Vector2[][][][] Strokes { get; } = [.. Paths.Select(shapes => shapes.Select(Parse).ToArray())];

    private static Vector2[][] Parse(string path)
    {
        string[] words = path.Split(' ');
        List<List<Vector2>> strokes = [];
        int at = 0;
        while (at < words.Length)
        {
            switch (words[at++])
            {
                case "M": strokes.Add([Point()]); break;
                case "L": AddLine(strokes[^1], Point()); break;
                default: AddCurve(strokes[^1], Point(), Point(), Point()); break;
            }
        }

        return [.. strokes.Select(stroke => stroke.ToArray())];

        Vector2 Point() => new(Number(), Number());
        float Number() => float.Parse(words[at++], CultureInfo.InvariantCulture);
    }

    // Lines are cut as well, so that the elastic distortion bends them.
    private static void AddLine(List<Vector2> stroke, Vector2 end) =>
        AddCurve(stroke, Vector2.Lerp(stroke[^1], end, 1 / 3f), Vector2.Lerp(stroke[^1], end, 2 / 3f), end);

    private static void AddCurve(List<Vector2> stroke, Vector2 first, Vector2 second, Vector2 end)
    {
        Vector2 start = stroke[^1];
        for (int i = 1; i <= StepsPerCurve; i++)
        {
            float t = i / (float)StepsPerCurve, u = 1 - t;
            stroke.Add(u * u * u * start + 3 * u * u * t * first + 3 * u * t * t * second + t * t * t * end);
        }
    }
}
