using Azker.Core.Hosting;

namespace Azker.Core.Tests.Hosting;

public sealed class IdleHostTests
{
    [Theory]
    [InlineData("CONTAINER_APP_NAME", "Azure Container Apps")]
    [InlineData("K_SERVICE", "Cloud Run")]
    [InlineData("FLY_APP_NAME", "Fly.io")]
    [InlineData("RENDER", "Render")]
    [InlineData("RAILWAY_ENVIRONMENT_NAME", "Railway")]
    [InlineData("DYNO", "Heroku")]
    [InlineData("HOME", null)]
    public void A_host_that_stops_idle_programs_is_recognized_by_its_variable(string variable, string? host) =>
        Assert.Equal(host, IdleHost.Find(name => name == variable ? "value" : null).Name);
}
