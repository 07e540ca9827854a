using Azker.Core.Delivery;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

internal static class UpdateDeliveryExtensions
{
    /// <summary>Delivers a polled update until it is settled.</summary>
    /// <returns>Whether it is settled.</returns>
    public static Task<bool> DeliverAsync(this UpdateDelivery delivery, ReceivedUpdate update, long epoch, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(update, new DeliveryContext(epoch, () => true, cancellationToken, cancellationToken));

    public static async Task<bool> DeliverAsync(this UpdateDelivery delivery, ReceivedUpdate update, DeliveryContext context) =>
        (await delivery.Begin(update, context).Ended).IsSettled;
}
