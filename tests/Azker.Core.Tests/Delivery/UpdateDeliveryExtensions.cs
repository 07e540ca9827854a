using Azker.Core.Delivery;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

internal static class UpdateDeliveryExtensions
{
    /// <summary>Delivers an update that blocks no other.</summary>
    public static Task<bool> DeliverAsync(this UpdateDelivery delivery, ReceivedUpdate update, long epoch, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(update, new PollContext(epoch, () => true, () => false), cancellationToken, cancellationToken);
}
