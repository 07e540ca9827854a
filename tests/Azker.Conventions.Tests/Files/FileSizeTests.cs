using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Files;

public class FileSizeTests
{
    private const int MaxLines = 400;
    private const int MaxMedianOfCore = 60;

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Findings.AreNone(
            from file in Repository.Files("", "*.cs")
            let lines = file.ReadLines().Length
            where lines > MaxLines
            select $"{file.Path}: {lines} lines",
            $"No source file has more than {MaxLines} lines.");

    [Fact]
    public void Half_of_the_files_of_Core_have_at_most_60_lines()
    {
        int[] lines = [.. Repository.Files("Azker.Core", "*.cs").Select(file => file.ReadLines().Length).Order()];

        Assert.InRange(lines[lines.Length / 2], 1, MaxMedianOfCore);
    }
}
