param location string
param tags object
param suffix string

@secure()
param telegramBotToken string

var secretName = 'telegram-bot-token'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-azker-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
  }
}

// A deployment without the token leaves the secret as it is.
resource token 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(telegramBotToken)) {
  parent: vault
  name: secretName
  properties: {
    contentType: 'token of a Telegram bot'
    value: telegramBotToken
  }
}

output vaultName string = vault.name
#disable-next-line outputs-should-not-contain-secrets // It is the name of the secret, not its value.
output tokenSecretName string = secretName
