using System.Text.Json.Serialization;

namespace Azker.Core.Configuration;

/// <summary>The key of the dashboard, and where the console serves it.</summary>
public sealed class DashboardOptions
{
    /// <summary>The default of <see cref="Listen"/>, as a setting has it.</summary>
    internal const string DefaultListen = "http://127.0.0.1:8085";

    /// <summary>
    /// <c>DASHBOARD_KEY</c>: the key that a person enters to see the dashboard, 16 to 256 visible ASCII characters. Default
    /// <see langword="null"/>: the console serves the dashboard at loopback addresses only, and an application needs an
    /// authorization of its own.
    /// </summary>
    [JsonIgnore]
    public string? Key { get; set; }

    /// <summary>
    /// <c>DASHBOARD_LISTEN</c>: the address at which <c>azker dashboard</c> serves the dashboard, in the form of
    /// <see cref="WebhookOptions.Listen"/>. Default <c>http://127.0.0.1:8085</c>. An address that is not loopback needs a key.
    /// </summary>
    public Uri? Listen { get; set; } = new(DefaultListen);
}
