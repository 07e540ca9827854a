namespace Azker.BotApi.Requests;

internal sealed record UploadedFile(byte[] Content);
