namespace Azker.Core.BotApi;

/// <summary>A Bot API call failed.</summary>
internal sealed class BotApiException(BotApiFault fault, Exception innerException) : Exception(fault.Description, innerException)
{
    public BotApiFault Fault => fault;
}
