using System.Globalization;

namespace Azker.Core.Tests.Shared;

/// <summary>The number of rounds of a test with random moments: AZKER_TEST_ROUNDS multiplies the usual number.</summary>
internal static class TestRounds
{
    private static readonly int Factor = int.Parse(Environment.GetEnvironmentVariable("AZKER_TEST_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    public static int Of(int usual) => usual * Factor;
}
