namespace Azker.Conventions.Tests.Shared;

/// <summary>Fails a test with all findings, one a line.</summary>
internal static class Findings
{
    public static void AreNone(IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{rule} Findings: {all.Length}.{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
        }
    }
}
