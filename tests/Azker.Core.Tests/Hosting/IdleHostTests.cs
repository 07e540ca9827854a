using Azker.Core.Hosting;

namespace Azker.Core.Tests.Hosting;

public sealed class IdleHostTests
{
    [Theory]
    [InlineData("CONTAINER_APP_NAME", "bot", "Azure Container Apps")]
    [InlineData("K_SERVICE", "bot", "Cloud Run")]
    [InlineData("FLY_APP_NAME", "bot", "Fly.io")]
    [InlineData("RENDER_SERVICE_TYPE", "web", "Render")]
    [InlineData("RENDER_SERVICE_TYPE", "worker", null)]
    [InlineData("RAILWAY_ENVIRONMENT_NAME", "production", "Railway")]
    [InlineData("DYNO", "web.1", "Heroku")]
    [InlineData("DYNO", "worker.1", null)]
    [InlineData("HOME", "/root", null)]
    public void A_host_that_stops_idle_programs_is_recognized_by_its_variable(string variable, string value, string? host) =>
        Assert.Equal(host, IdleHost.Find(name => name == variable ? value : null).Name);
}
