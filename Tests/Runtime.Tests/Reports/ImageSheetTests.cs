using Dlm.Runtime.Data.Images;
using Dlm.Runtime.Reports;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reports;

public sealed class ImageSheetTests
{
    [Fact]
    public void Images_stand_side_by_side_in_rows_with_white_between()
    {
        using Tensor images = tensor(new float[] { -1, 0, 1, 3, -1, -1, -1, -1, 1, 1, 1, 1 }, [3, 1, 2, 2]);
        byte[] sheet = Decode(ImageSheet.Encode(images, columns: 2, low: -1, zoom: 1), expected: [10, 10]);
        const byte w = 255;
        byte[] rows =
        [
            w, w, w, w, w, w, w, w, w, w,
            w, w, w, w, w, w, w, w, w, w,
            w, w, 0, 128, w, w, 0, 0, w, w,
            w, w, w, w, w, w, 0, 0, w, w,
        ];
        Assert.Equal(rows, sheet[..40]);
        Assert.All(sheet[40..], pixel => Assert.Equal(w, pixel)); // the third is white, and there is no fourth
    }

    [Fact]
    public void Colours_stay_and_pixels_grow()
    {
        using Tensor images = tensor(new float[] { 1, 0, 0.5f }, [1, 3, 1, 1]);
        byte[] sheet = Decode(ImageSheet.Encode(images, columns: 1, zoom: 2), expected: [6, 6, 3]);
        int at = (2 * 6 + 2) * 3;
        Assert.Equal([255, 0, 128, 255, 0, 128], sheet[at..(at + 6)]);
        Assert.Equal([255, 0, 128], sheet[(at + 6 * 3)..(at + 6 * 3 + 3)]);
    }

    [Fact]
    public void What_are_no_images_is_refused()
    {
        using Tensor images = zeros(2, 4, 8, 8);
        Assert.Contains("these are [2, 4, 8, 8]", Assert.Throws<ArgumentException>(() => ImageSheet.Encode(images)).Message, StringComparison.Ordinal);
    }

    private static byte[] Decode(byte[] png, long[] expected)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "sheet.png");
        File.WriteAllBytes(path, png);
        Picture picture = ImageFile.Read(path, channels: null);
        Assert.Equal(expected, expected.Length == 2 ? [picture.Height, picture.Width] : [picture.Height, picture.Width, picture.Channels]);
        return picture.Pixels.ToArray();
    }
}
