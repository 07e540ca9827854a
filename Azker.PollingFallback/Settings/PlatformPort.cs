using Azker.Core.Configuration;

namespace Azker.PollingFallback.Settings;

/// <summary>
/// The address of a program to which a platform gives a port: Cloud Run, Heroku, Railway and Render set <c>PORT</c>, and variables of
/// their own. <c>PORT</c> alone may be of any program on a dev box.
/// </summary>
internal static class PlatformPort
{
    private const string Port = "PORT";

    /// <param name="variable">Reads a variable of the environment.</param>
    /// <returns><c>WEBHOOK_LISTEN</c> with the port, for a configuration whose other sources win; empty without such a platform.</returns>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(Func<string, string?> variable) =>
        IsGiven(variable) && variable(Port) is { Length: > 0 } port ? [KeyValuePair.Create<string, string?>(SettingNames.WebhookListen, port)] : [];

    /// <summary>Whether a platform passes requests to this program; a worker of Heroku or Render gets none.</summary>
    private static bool IsGiven(Func<string, string?> variable) =>
        variable("K_SERVICE") is not null
        || variable("RAILWAY_ENVIRONMENT_NAME") is not null
        || variable("RENDER_SERVICE_TYPE") == "web"
        || variable("DYNO")?.StartsWith("web.", StringComparison.Ordinal) == true;
}
