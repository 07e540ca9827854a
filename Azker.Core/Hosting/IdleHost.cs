namespace Azker.Core.Hosting;

/// <summary>
/// A host that stops an idle program and starts it again for a request, recognized by the variables that it sets. There a stop must keep the
/// webhook: without it nothing would start the program again.
/// </summary>
/// <param name="Name">The name of the host; <see langword="null"/> when this program runs elsewhere.</param>
internal sealed record IdleHost(string? Name)
{
    /// <summary>The variables, and how their values begin where requests start a program: a worker of Render or Heroku gets none.</summary>
    private static readonly (string Variable, string Value, string Name)[] Hosts =
    [
        ("CONTAINER_APP_NAME", "", "Azure Container Apps"),
        ("K_SERVICE", "", "Cloud Run"),
        ("FLY_APP_NAME", "", "Fly.io"),
        ("RENDER_SERVICE_TYPE", "web", "Render"),
        ("RAILWAY_ENVIRONMENT_NAME", "", "Railway"),
        ("DYNO", "web.", "Heroku"),
    ];

    /// <param name="variable">Reads a variable of the environment.</param>
    public static IdleHost Find(Func<string, string?> variable) =>
        new(Hosts.FirstOrDefault(host => variable(host.Variable) is { Length: > 0 } value && value.StartsWith(host.Value, StringComparison.Ordinal)).Name);
}
