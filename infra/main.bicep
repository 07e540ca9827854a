targetScope = 'subscription'

@description('The name of the environment. It is in the name of the resource group.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The region of all resources. It must have Flex Consumption.')
param location string

@description('The token that @BotFather gave the bot. Leave it empty to keep the token that Key Vault has.')
@secure()
param telegramBotToken string

@description('The address that gets the alerts. Without one, the alerts are in the portal only.')
param alertEmail string = ''

@description('The image of the console, if a fallback is to run as a container app; see ../Dockerfile.')
param fallbackImage string = ''

var suffix = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module storage 'storage.bicep' = {
  scope: group
  params: { location: location, tags: tags, suffix: suffix }
}

module vault 'vault.bicep' = {
  scope: group
  params: { location: location, tags: tags, suffix: suffix, telegramBotToken: telegramBotToken }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: { location: location, tags: tags, suffix: suffix, alertEmail: alertEmail }
}

module functions 'functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    storageAccountName: storage.outputs.accountName
    deploymentContainer: storage.outputs.deploymentContainer
    vaultName: vault.outputs.vaultName
    tokenSecretName: vault.outputs.tokenSecretName
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module fallback 'fallback.bicep' = if (!empty(fallbackImage)) {
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    image: fallbackImage
    webhookUrl: functions.outputs.url
    storageAccountName: storage.outputs.accountName
    vaultName: vault.outputs.vaultName
    tokenSecretName: vault.outputs.tokenSecretName
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    workspaceName: monitoring.outputs.workspaceName
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = storage.outputs.accountName
output AZURE_KEY_VAULT string = vault.outputs.vaultName
output AZURE_FUNCTION_APP string = functions.outputs.appName
output WEBHOOK_URL string = functions.outputs.url
