namespace Azker.Core.Delivery.Parking;

/// <summary>The first line of a stored <see cref="ParkedUpdate"/>.</summary>
internal sealed record ParkedUpdateHead(DateTimeOffset ArrivedAt, DateTimeOffset? NotBefore, DateTimeOffset? StoredAt);
