using Azker.PollingFallback.Settings;

namespace Azker.PollingFallback.Tests.Settings;

public class PlatformPortTests
{
    [Theory]
    [InlineData("K_SERVICE", "bot", true)]
    [InlineData("RAILWAY_ENVIRONMENT_NAME", "production", true)]
    [InlineData("RENDER_SERVICE_TYPE", "web", true)]
    [InlineData("RENDER_SERVICE_TYPE", "worker", false)]
    [InlineData("DYNO", "web.1", true)]
    [InlineData("DYNO", "worker.1", false)]
    [InlineData("USER", "me", false)]
    public void PORT_is_the_address_where_a_platform_passes_requests_to_the_program(string name, string value, bool isUsed) => Assert.Equal(
        isUsed ? [KeyValuePair.Create<string, string?>("WEBHOOK_LISTEN", "10000")] : [],
        PlatformPort.Settings(variable => variable == name ? value : variable == "PORT" ? "10000" : null));

    [Fact]
    public void Without_PORT_there_is_no_address() => Assert.Empty(PlatformPort.Settings(variable => variable == "K_SERVICE" ? "bot" : null));
}
