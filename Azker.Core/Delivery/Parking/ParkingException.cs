namespace Azker.Core.Delivery.Parking;

/// <summary>Parked updates cannot be read or written. The message names the place, the fault and the remedy.</summary>
/// <param name="message">The place, the fault and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class ParkingException(string message, Exception? innerException = null) : Exception(message, innerException);
