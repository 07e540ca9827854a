using Azker.Core.Configuration;

namespace Azker.Deployment.Tests.Shared;

/// <summary>The time that a stop of the console takes at most.</summary>
internal static class ShutdownTime
{
    /// <summary>The removal of the webhook, and the last answers of cancelled handlers.</summary>
    private const int Rest = 3 + 5;

    public static int Seconds { get; } = (int)(new DeliveryOptions().ShutdownTimeout + new PollingOptions().ConfirmTimeout).TotalSeconds + Rest;
}
